use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A database of its own on a server that ends with this process.
#[derive(Clone, Debug)]
pub struct Database {
    /// Its address.
    pub address: String,
    /// The folder of the server's programs.
    pub programs: PathBuf,
    socket: PathBuf,
}

/// The server, one for all tests of a process.
struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    owner: Option<u32>,
    /// Ends the server when this process ends, however it ends, as its standard input then closes.
    keeper: std::sync::Mutex<Option<Child>>,
}

static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// An empty database, or none when PostgreSQL is not installed.
///
/// # Panics
/// When it is not installed and `LIANFANG_REQUIRE` names `postgres`.
pub fn database() -> Option<Database> {
    match SERVER.get_or_init(Server::start) {
        Ok(server) => Some(server.database()),
        Err(why) => {
            super::skipped("postgres", why);
            None
        }
    }
}

/// The newest server programs that are installed.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop().or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
    })
}

/// The server refuses to run as root; then it runs as the owner of `/var/lib/postgresql`, or as nobody.
fn owner() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let me = fs::metadata("/proc/self").map(|meta| meta.uid()).unwrap_or(1);
    let postgres = fs::metadata("/var/lib/postgresql").map(|meta| meta.uid()).ok().filter(|uid| *uid != 0);
    (me == 0).then(|| postgres.unwrap_or(65_534))
}

impl Server {
    fn start() -> Result<Server, String> {
        let programs = programs().ok_or("PostgreSQL is not installed")?;
        let folder = std::env::temp_dir().join(format!("lianfang-postgres-{}", std::process::id()));
        let owner = owner();
        let failed = |what: &str, error: &dyn std::fmt::Display| format!("{what} failed: {error}");
        fs::create_dir_all(&folder).map_err(|error| failed("making a folder", &error))?;
        if let Some(owner) = owner {
            std::os::unix::fs::chown(&folder, Some(owner), None).map_err(|error| failed("giving it away", &error))?;
        }
        let port = free_port().map_err(|error| failed("finding a port", &error))?;
        let mut server = Server { programs, folder, port, owner, keeper: std::sync::Mutex::new(None) };
        server.make_cluster().map_err(|error| failed("initdb", &error))?;
        server.keeper = std::sync::Mutex::new(Some(server.run().map_err(|error| failed("postgres", &error))?));
        server.wait()?;
        Ok(server)
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env("LC_ALL", "C").stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(owner) = self.owner {
            command.uid(owner);
        }
        command
    }

    fn make_cluster(&self) -> io::Result<()> {
        let done = self
            .command(&self.programs.join("initdb"))
            .args(["--auth=trust", "--username=lianfang", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
            .arg(self.folder.join("data"))
            .status()?;
        if done.success() { Ok(()) } else { Err(io::Error::other(done.to_string())) }
    }

    /// A shell that starts the server, again when it crashes, and ends it at the end of its own input.
    fn run(&self) -> io::Result<Child> {
        let script = r#"
            exec 3<&0
            (read -r _ <&3; touch "$2/ending"; kill -INT "$(head -n 1 "$2/data/postmaster.pid")") &
            while [ ! -e "$2/ending" ]; do
                "$1" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -k "$2" -c max_connections=200 >>"$2/log" 2>&1
                sleep 0.2
            done
            rm -rf "$2"
        "#;
        self.command(Path::new("/bin/sh"))
            .args(["-c", script, "keeper"])
            .arg(self.programs.join("postgres"))
            .arg(&self.folder)
            .arg(self.port.to_string())
            .stdin(Stdio::piped())
            .spawn()
    }

    fn wait(&self) -> Result<(), String> {
        for _ in 0..200 {
            let mut asked = self.command(&self.programs.join("pg_isready"));
            let ready = asked.args(["-q", "-h", "127.0.0.1", "-p"]).arg(self.port.to_string()).status();
            if ready.is_ok_and(|status| status.success()) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("PostgreSQL did not start; see {}", self.folder.join("log").display()))
    }

    fn database(&self) -> Database {
        let name = format!("test{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let made = self
            .command(&self.programs.join("createdb"))
            .args(["-h", "127.0.0.1", "-U", "lianfang", "-p"])
            .arg(self.port.to_string())
            .arg(&name)
            .status();
        assert!(made.is_ok_and(|status| status.success()), "createdb failed");
        let address = format!("postgres://lianfang@127.0.0.1:{}/{name}", self.port);
        Database { address, programs: self.programs.clone(), socket: self.folder.clone() }
    }
}

impl Database {
    /// Ends every connection to this server at once, without warning, as when its machine dies. It starts again by
    /// itself.
    pub fn crash(&self) {
        if let Ok(pid) = fs::read_to_string(self.socket.join("data/postmaster.pid"))
            && let Some(pid) = pid.lines().next()
        {
            let _ended = Command::new("/bin/sh").args(["-c", "kill -QUIT \"$1\"", "end", pid]).status();
        }
    }
}

fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
