//! What is wrong with the command line, in the user's language.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use lianfang_domain::Lang;

use crate::args::Cli;
use crate::exit::Exit;
use crate::language;

/// Prints help and version as asked, and anything else as a mistake with the way on.
pub(crate) fn explain(error: &clap::Error) -> Exit {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !error.use_stderr() {
        // The reader of the help may have closed the pipe; there is nobody left to tell.
        let _ = error.print();
        return Exit::Ok;
    }
    match in_chinese(error).filter(|_| language::guess(&arguments) == Lang::Zh) {
        Some(message) => {
            eprintln!("{message}\n用法见 {} --help。", command_of(&arguments))
        }
        None => {
            let _ = error.print();
        }
    }
    Exit::Usage
}

/// The command that was meant, as it is called.
fn command_of(arguments: &[String]) -> String {
    let mut called = String::from("lianfang");
    let mut command = Cli::command();
    for argument in arguments {
        if let Some(inner) = command.find_subcommand(argument).cloned() {
            called = format!("{called} {argument}");
            command = inner;
        }
    }
    called
}

fn in_chinese(error: &clap::Error) -> Option<String> {
    let part = |kind| error.get(kind).map(words);
    let argument = part(ContextKind::InvalidArg).unwrap_or_default();
    let value = part(ContextKind::InvalidValue).unwrap_or_default();
    let mut message = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项。"),
        ErrorKind::InvalidSubcommand => {
            let command = part(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("没有“{command}”这个命令。")
        }
        ErrorKind::MissingRequiredArgument => format!("还缺少：{argument}。"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少内容。"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} 不能是“{value}”。")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 不能与另一个选项同时使用。"),
        _ => return None,
    };
    if let Some(valid) = part(ContextKind::ValidValue).filter(|valid| !valid.is_empty()) {
        message.push_str(&format!("可以用：{valid}。"));
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    if let Some(near) = near.into_iter().find_map(part) {
        message.push_str(&format!("是不是“{near}”？"));
    }
    if argument.starts_with("--as-of") {
        message.push_str("日期写成 2027-06-30 的样子。");
    }
    if argument.starts_with("--max-size") {
        message.push_str("请填 1 到 1024 的整数，单位是兆字节。");
    }
    Some(message)
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => several.join("、"),
        other => other.to_string(),
    }
}
