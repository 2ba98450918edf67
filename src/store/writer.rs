//! The one who writes: opens, makes and updates the file, and changes it in whole steps.

use super::fault::{Result, disk};
use super::index::Unindexed;
use super::lock::{self, Holder, Lock, Locked, Turn};
use super::memory;
use super::pack::{self, Content, Packer};
use super::schema::{APPLICATION, MIGRATIONS, Step};
use crate::locale::tr;
use crate::notice::Notice;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a change waits for a reader or a backup to let go.
const PATIENCE: Duration = Duration::from_secs(5);

/// Statements that a connection keeps ready: all that there are.
pub(super) const STATEMENTS: usize = 128;

/// The size of pages, which a file keeps for life. An article's row has about 2 KB: pages of 4 KiB would be a third empty.
pub(super) const PAGES: &str = "PRAGMA page_size = 8192;";

/// Pages of a file that is not worth writing anew (8 MB), and of one that would take too long (512 MB; a second for each 80).
const SMALL: i64 = 1 << 10;
const LARGE: i64 = 1 << 16;

/// Under what name it is kept how many pages the file had when it was last written anew.
const PACKED: &str = "packed-pages";

/// Writes to a library. There is one at a time, on all of the machine.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    packer: Packer,
    path: PathBuf,
    holder: Holder,
    /// `None` while another program writes that waited for its turn.
    lock: Option<Lock>,
}

/// What came of asking for the right to write.
#[derive(Debug)]
pub enum Opened {
    /// It is ours.
    Ours(Box<Writer>),
    /// Another program has it. [`super::Reader`] still shows everything; ask again, and it is ours once that program has ended.
    Theirs(Holder),
}

/// A change to the library: all of it is done, or nothing.
#[derive(Debug)]
pub struct Batch<'a> {
    pub(super) connection: &'a Connection,
    pub(super) packer: &'a Packer,
    pub(super) unindexed: RefCell<Unindexed>,
}

impl Writer {
    /// Opens the library at `path` to write to it, and makes it where there is none.
    ///
    /// # Errors
    /// Where the file is no library, damaged, of a newer version, or cannot be written. It is then as it was.
    pub fn open(path: &Path, holder: &Holder) -> Result<Opened> {
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| disk(folder, &e))?;
        }
        let lock = match lock::take(path, holder)? {
            Locked::Ours(lock) => lock,
            Locked::Theirs(holder) => return Ok(Opened::Theirs(holder)),
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(|e| at(path, e))?;
        prepare(&mut connection, path, MIGRATIONS)?;
        let packer = Packer::load(&connection)?;
        Ok(Opened::Ours(Box::new(Self { connection, packer, path: path.to_owned(), holder: holder.clone(), lock: Some(lock) })))
    }

    /// The same, with a notice that says who writes where that is another program.
    ///
    /// # Errors
    /// As [`Writer::open`], and where another program writes.
    pub fn claim(path: &Path, holder: &Holder) -> Result<Self> {
        match Self::open(path, holder)? {
            Opened::Ours(writer) => Ok(*writer),
            Opened::Theirs(holder) => Err(Notice::new(tr!("Another program is writing to the library"))
                .because(holder)
                .hint(tr!("nothing was changed; end it, or wait, and try again"))),
        }
    }

    /// Where the library is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True while another program stands in line to write.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        Turn::is_taken(&self.path)
    }

    /// Lets another program write; nothing can be changed here until [`Writer::resume`] says so.
    pub fn rest(&mut self) {
        self.lock = None;
    }

    /// Takes the right to write back, without waiting; false where another program has it.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn resume(&mut self) -> Result<bool> {
        if self.lock.is_none() {
            let Locked::Ours(lock) = lock::take(&self.path, &self.holder)? else { return Ok(false) };
            // The other one may have made a dictionary.
            self.packer = Packer::load(&self.connection)?;
            self.lock = Some(lock);
        }
        Ok(true)
    }

    /// Does `change`: what it did is on the disk when this returns, or nothing of it where it fails.
    ///
    /// # Errors
    /// Those of `change` and of the disk.
    pub fn write<T>(&mut self, change: impl FnOnce(&Batch<'_>) -> Result<T>) -> Result<T> {
        if self.lock.is_none() {
            return Err(Notice::new(tr!("Another program is writing to the library")).hint(tr!("nothing was changed; try again")));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let batch = Batch { connection: &transaction, packer: &self.packer, unindexed: RefCell::default() };
        let done = change(&batch)?;
        batch.index()?;
        transaction.commit()?;
        Ok(done)
    }

    /// Housekeeping after many changes: the dictionary once there are enough articles, pages without gaps, and what SQLite wants to know about its tables.
    ///
    /// # Errors
    /// Where the library cannot be read or written.
    pub fn tidy(&mut self) -> Result<()> {
        self.train()?;
        if self.pages()? >= 2 * self.close_pages()? {
            self.write_anew()?;
        }
        self.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    /// Makes the dictionary, once there are enough articles for it. Worth asking for while many articles arrive: those packed before have to be
    /// packed anew.
    ///
    /// # Errors
    /// Where the library cannot be read or written.
    pub fn train(&mut self) -> Result<()> {
        let untrained: Vec<Content> = self.packer.untrained().collect();
        for content in untrained {
            if pack::train(&self.connection, &self.packer, content)? {
                self.packer = Packer::load(&self.connection)?;
                let mut last = 0;
                loop {
                    let from = last;
                    last = self.write(|batch| batch.repack(content, from, 500))?;
                    if last == from {
                        break;
                    }
                }
                self.write_anew()?;
            }
        }
        Ok(())
    }

    fn pages(&self) -> Result<i64> {
        Ok(self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?)
    }

    /// How many pages the file had when it was last written anew.
    fn close_pages(&self) -> Result<i64> {
        Ok(memory::setting(&self.connection, PACKED)?.and_then(|pages| pages.parse().ok()).unwrap_or(SMALL))
    }

    /// Writes the file anew: what was packed again, and indexes whose rows come in any order, leave a twelfth of their pages empty.
    fn write_anew(&mut self) -> Result<()> {
        if self.pages()? > LARGE {
            return Ok(());
        }
        // A library that finds no room for the copy is as good without it.
        let _ = self.connection.execute_batch("VACUUM");
        let pages = self.pages()?;
        self.write(|batch| batch.set(PACKED, &pages.to_string()))
    }

    /// Copies the library, as it is now, into a new file, while it is in use.
    ///
    /// # Errors
    /// Where `to` exists or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        super::check::backup(&self.connection, to)
    }

    /// The largest the file may become, in pages: for tests of a full disk.
    #[cfg(test)]
    pub(super) fn limit(&self, pages: u32) {
        self.connection.pragma_update(None, "max_page_count", pages).unwrap();
    }

    /// The connection, for tests that look behind the tables.
    #[cfg(test)]
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Batch<'_> {
    /// Packs at most `count` articles after `from` anew; answers the last one.
    fn repack(&self, content: Content, from: i64, count: usize) -> Result<i64> {
        let (some, put) = match content {
            Content::Text => (
                "SELECT article, text, raw FROM body WHERE article > ?1 ORDER BY article LIMIT ?2",
                "UPDATE body SET text = ?2, raw = ?3 WHERE article = ?1",
            ),
            Content::Finding => (
                "SELECT article, found, NULL FROM finding WHERE article > ?1 ORDER BY article LIMIT ?2",
                "UPDATE finding SET found = ?2 WHERE article = ?1 AND ?3 IS NULL",
            ),
        };
        let (mut some, mut put) = (self.connection.prepare_cached(some)?, self.connection.prepare_cached(put)?);
        let mut last = from;
        let mut rows = some.query(params![from, count])?;
        while let Some(row) = rows.next()? {
            let again = |at: usize| -> Result<Option<Vec<u8>>> {
                let packed: Option<Vec<u8>> = row.get(at)?;
                packed.map(|p| self.packer.pack(content, &self.packer.unpack(&p)?)).transpose()
            };
            last = row.get(0)?;
            put.execute(params![last, again(1)?, again(2)?])?;
        }
        Ok(last)
    }
}

/// A notice that names the file.
fn at(path: &Path, error: rusqlite::Error) -> Notice {
    let notice = Notice::from(error);
    let why = format!("{}: {}", path.display(), notice.why);
    notice.because(why)
}

/// Makes a connection ready to write: the file is checked, and brought to the newest version.
pub(super) fn prepare(connection: &mut Connection, path: &Path, migrations: &[Step]) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    settle(connection).map_err(|e| at(path, e))?;
    let version = version(connection, path, migrations.len())?;
    if version == 0 {
        connection.execute_batch(PAGES)?;
    }
    connection
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;")
        .map_err(|e| at(path, e))?;
    // A setting of the file that stays; asked for each time, because a copy may have lost it.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(|e| at(path, e))?;
    connection.execute_batch("PRAGMA synchronous = FULL;")?;
    if version < migrations.len() {
        migrate(connection, path, version, migrations)?;
    }
    Ok(())
}

/// Statements are prepared once and stay so: the values they are given change no plan. (SQLite would otherwise plan anew for each value where it has
/// counted its tables.)
pub(super) fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// The version of the library's tables; 0 for a new file.
pub(super) fn version(connection: &Connection, path: &Path, newest: usize) -> Result<usize> {
    let number = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0)).map_err(|e| at(path, e));
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(|e| at(path, e))?;
    let version = usize::try_from(number("user_version")?).unwrap_or(usize::MAX);
    let shown = path.display();
    if tables > 0 && number("application_id")? != i64::from(APPLICATION) {
        return Err(Notice::new(tr!("{shown} is no library of dateline", shown))
            .because(tr!("it is a database of another program"))
            .hint(tr!("it was not touched; --library PATH uses another file")));
    }
    if version > newest {
        return Err(Notice::new(tr!("{shown} was made by a newer dateline", shown))
            .because(tr!("its version is {version}, and this program knows up to {newest}", version, newest))
            .hint(tr!("it was not touched; use the newer program, or --library PATH for another file")));
    }
    Ok(version)
}

/// Takes the steps from `version` on, all or none; an older library is copied first.
fn migrate(connection: &mut Connection, path: &Path, version: usize, migrations: &[Step]) -> Result<()> {
    if version > 0 {
        let mut copy = path.as_os_str().to_owned();
        copy.push(format!(".version-{version}"));
        let copy = PathBuf::from(copy);
        if !copy.exists() {
            super::check::backup(connection, &copy)?;
        }
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in migrations.iter().skip(version) {
        transaction.execute_batch(step.sql)?;
        (step.then)(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", i64::try_from(migrations.len()).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    Ok(())
}
