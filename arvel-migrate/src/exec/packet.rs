//! Several statements as one text, and back from an error to the statement that caused it.

use crate::dialect::DriverError;

/// What separates statements in a packet. A line of its own, so that a comment at the end of one swallows nothing.
const SEPARATOR: &str = "\n;\n";

/// The statements as one text.
pub(super) fn text(statements: &[String]) -> String {
    statements.join(SEPARATOR)
}

/// Which statement of a packet failed; the error's position becomes one inside that statement. A parser that reads the
/// whole packet first has completed nothing: there the position tells.
pub(super) fn locate(packet: &[String], completed: usize, error: &mut DriverError) -> usize {
    let Some(position) = error.position else { return completed };
    let mut start = 0;
    for (at, statement) in packet.iter().enumerate() {
        let end = start + statement.len();
        if position <= end {
            error.position = position.checked_sub(start);
            return at;
        }
        start = end + SEPARATOR.len();
    }
    completed
}

/// Takes out of a message what it quotes of the packet behind the statement: MySQL shows the text near a mistake, and the
/// statements of our bookkeeping are none of the user's.
pub(super) fn hide_what_follows(mut error: DriverError) -> DriverError {
    if let Some((before, behind)) = error.message.split_once(SEPARATOR) {
        let end = behind.rfind("' at line").map_or("", |at| &behind[at..]);
        error.message = format!("{before}{end}");
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::ErrorKind;

    #[test]
    fn a_position_in_the_packet_becomes_one_in_its_statement() {
        let packet = ["BEGIN".to_owned(), "SELECT 1".to_owned(), "SELEC 2".to_owned()];
        let at = text(&packet).find("SELEC 2");
        let mut error = DriverError { position: at, ..DriverError::new(ErrorKind::Statement, "") };
        assert_eq!((locate(&packet, 0, &mut error), error.position), (2, Some(0)));
        let quoting = "an error near ')\n;\nUPDATE `ours` SET a = 'x...' at line 1";
        let error = hide_what_follows(DriverError::new(ErrorKind::Statement, quoting));
        assert_eq!(error.message, "an error near ')' at line 1");
        let mut silent = DriverError::new(ErrorKind::Statement, "");
        assert_eq!(locate(&packet, 1, &mut silent), 1);
    }
}
