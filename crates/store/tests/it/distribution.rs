use std::collections::BTreeMap;

use lianfang_store::{Placement, Settings, Store, TABLES};
use tokio_postgres::{Client, NoTls};

use crate::ground::NOW;

/// A PostgreSQL database with the schema, and a connection to it.
async fn schema() -> Option<(Client, tempfile::TempDir)> {
    let address = lianfang_throwaway::database()?.address;
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { database: Some(address.clone()), ..Settings::in_folder(folder.path()) };
    Store::open(&settings, NOW).await.unwrap().close().await;
    let (client, connection) = tokio_postgres::connect(&address, NoTls).await.unwrap();
    tokio::spawn(connection);
    Some((client, folder))
}

async fn names(client: &Client, sql: &str) -> Vec<String> {
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Everything in the schema that does not fit where the tables are said to lie.
async fn faults(client: &Client) -> Vec<String> {
    let placed: BTreeMap<&str, Placement> = TABLES.iter().copied().collect();
    let tables = names(client, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").await;
    let mut faults = Vec::new();
    for table in &tables {
        if !placed.contains_key(table.as_str()) {
            faults.push(format!("table {table} is not placed"));
        }
    }
    for table in placed.keys().filter(|table| !tables.iter().any(|known| known == *table)) {
        faults.push(format!("table {table} is placed but not there"));
    }
    faults.extend(unfit_keys(client, &placed).await);
    let sequences = "SELECT 'sequence ' || sequencename FROM pg_sequences WHERE schemaname = 'public'";
    faults.extend(names(client, sequences).await);
    let triggers = "SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal";
    faults.extend(names(client, triggers).await);
    let foreign = "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'";
    for row in client.query(foreign, &[]).await.unwrap() {
        let (from, to): (String, String) = (row.get(0), row.get(1));
        let spread = matches!(placed.get(to.as_str()), Some(Placement::By(_)));
        if spread && placed.get(from.as_str()) == Some(&Placement::Everywhere) {
            faults.push(format!("foreign key from {from} to {to}"));
        }
    }
    faults
}

/// Primary keys and unique indexes of spread tables that do not hold the column by which they are spread; the key of a
/// table spread by area begins with it.
async fn unfit_keys(client: &Client, placed: &BTreeMap<&str, Placement>) -> Vec<String> {
    let sql = "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, i.indisprimary,
        array(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k (n, place)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n ORDER BY k.place)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2";
    let mut faults = Vec::new();
    for row in client.query(sql, &[]).await.unwrap() {
        let (table, index, primary): (String, String, bool) = (row.get(0), row.get(1), row.get(2));
        let columns: Vec<String> = row.get(3);
        let Some(Placement::By(by)) = placed.get(table.as_str()) else { continue };
        let begins = columns.first().is_some_and(|first| first == by);
        if !columns.iter().any(|column| column == by) || primary && *by == "area" && !begins {
            faults.push(format!("index {index} of {table} lacks {by}"));
        }
    }
    faults
}

#[tokio::test]
async fn the_schema_can_be_spread_as_it_is_declared() {
    let Some((client, _folder)) = schema().await else { return };
    assert_eq!(faults(&client).await, [] as [String; 0]);
}

/// A check that sees nothing passes on everything.
#[tokio::test]
async fn what_could_not_be_spread_is_seen() {
    let Some((client, _folder)) = schema().await else { return };
    let wrong = "CREATE TABLE found (id bigserial PRIMARY KEY);
        DROP TABLE meta;
        CREATE UNIQUE INDEX audit_once ON audit (at_ms);
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER on_job AFTER INSERT ON job EXECUTE FUNCTION nothing();
        ALTER TABLE unit ADD CONSTRAINT far FOREIGN KEY (state, id) REFERENCES audit_chain (day, chain)";
    client.batch_execute(wrong).await.unwrap();
    let seen = faults(&client).await;
    let expected = [
        "table found is not placed",
        "table meta is placed but not there",
        "index audit_once of audit lacks chain",
        "sequence found_id_seq",
        "trigger on_job",
        "foreign key from unit to audit_chain",
    ];
    assert_eq!(seen, expected);
}
