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

/// A server of its own, for tests that stop it or change how it is set up.
pub struct Alone(Server);

/// A server of its own, or none when PostgreSQL is not installed.
///
/// # Panics
/// When it is not installed and `LIANFANG_REQUIRE` names `postgres`.
pub fn alone() -> Option<Alone> {
    match Server::start() {
        Ok(server) => Some(Alone(server)),
        Err(why) => {
            super::skipped("postgres", &why);
            None
        }
    }
}

impl Alone {
    /// An empty database.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn database(&self) -> Database {
        self.0.database()
    }

    /// Ends the server and leaves it ended.
    ///
    /// # Panics
    /// When it does not end.
    pub fn stop(&self) {
        let stopped = fs::write(self.0.folder.join("stopped"), "");
        assert!(stopped.is_ok(), "the server could not be told to stay away");
        kill("INT", &self.0.folder);
        let gone = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            !self.0.folder.join("data/postmaster.pid").exists()
        });
        assert!(gone, "PostgreSQL did not stop");
    }

    /// Starts the server again.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn start(&self) {
        let started = fs::remove_file(self.0.folder.join("stopped"));
        assert!(started.is_ok(), "the server was not stopped");
        assert_eq!(self.0.wait(), Ok(()));
    }

    /// Has the server encrypt connections, with a certificate and its key as PEM.
    ///
    /// # Panics
    /// When the files cannot be put in place or it does not start again.
    pub fn encrypt(&self, certificate: &str, key: &str) {
        self.stop();
        let data = self.0.folder.join("data");
        for (name, content) in [("server.crt", certificate), ("server.key", key)] {
            let file = data.join(name);
            let placed = fs::write(&file, content)
                .and_then(|()| fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)))
                .and_then(|()| std::os::unix::fs::chown(&file, self.0.owner, None));
            assert!(placed.is_ok(), "{placed:?}");
        }
        let settings = data.join("postgresql.conf");
        let with = fs::read_to_string(&settings).map(|text| text + "\nssl = on\n");
        assert!(with.and_then(|text| fs::write(&settings, text)).is_ok());
        self.start();
    }
}

/// Sends a signal to the server of a folder.
fn kill(signal: &str, folder: &Path) {
    if let Ok(pid) = fs::read_to_string(folder.join("data/postmaster.pid"))
        && let Some(pid) = pid.lines().next()
    {
        let _ended = Command::new("/bin/sh").args(["-c", "kill -\"$1\" \"$2\"", "end", signal, pid]).status();
    }
}

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
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("lianfang-postgres-{}-{n}", std::process::id()));
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
                [ -e "$2/stopped" ] || "$1" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -k "$2" -c max_connections=200 >>"$2/log" 2>&1
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
        kill("QUIT", &self.socket);
    }
}

fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
