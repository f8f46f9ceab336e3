//! Where the rows of each table lie when the database is spread over several machines (Citus on PostgreSQL).

/// Where the rows of a table lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Every machine has all of them: small tables that are joined across areas.
    Everywhere,
    /// Each row lies on one machine, told by this column, which is in the primary key and every unique index.
    By(&'static str),
}

use Placement::{By, Everywhere};

/// Every table. Those that grow with every incident are placed by their area. Units
/// and what belongs to them have the area in their keys, but a unit may lie under one of another area, and a city has
/// some thousands of them. The audit record is placed by its chain: what one lane writes lies together.
pub const TABLES: &[(&str, Placement)] = &[
    ("api_token", Everywhere),
    ("area", Everywhere),
    ("area_name", Everywhere),
    ("area_population", Everywhere),
    ("area_map", By("area")),
    ("audit", By("chain")),
    ("audit_chain", By("chain")),
    ("balance", By("area")),
    ("command_body", By("area")),
    ("command_member", By("area")),
    ("clock", By("area")),
    ("data_key", Everywhere),
    ("done_once", Everywhere),
    ("figure", By("area")),
    ("grade_rule", Everywhere),
    ("import", Everywhere),
    ("import_effect", Everywhere),
    ("import_late", Everywhere),
    ("import_mapping", Everywhere),
    ("import_part", Everywhere),
    ("incident", By("area")),
    ("incident_cases", By("area")),
    ("incident_entry", By("area")),
    ("incident_figure", By("area")),
    ("incident_parameter", By("area")),
    ("incident_phase", By("area")),
    ("incident_venue", By("area")),
    ("incumbency", Everywhere),
    ("indicator", Everywhere),
    ("indicator_version", Everywhere),
    ("invitation", Everywhere),
    ("job", Everywhere),
    ("level_judgement", By("area")),
    ("level_opinion", By("area")),
    ("level_proposal", By("area")),
    ("meeting", By("area")),
    ("meeting_decision", By("area")),
    ("meta", Everywhere),
    ("migration", Everywhere),
    ("notice", By("area")),
    ("order_event", By("area")),
    ("order_file", By("area")),
    ("order_occurrence", By("area")),
    ("orders", By("area")),
    ("plan", Everywhere),
    ("plan_answer", Everywhere),
    ("plan_content", Everywhere),
    ("plan_edit", Everywhere),
    ("plan_file", Everywhere),
    ("plan_unit", Everywhere),
    ("post", Everywhere),
    ("recovery_code", Everywhere),
    ("report", By("area")),
    ("report_template", By("area")),
    ("report_template_version", By("area")),
    ("report_version", By("area")),
    ("role_grant", Everywhere),
    ("session", Everywhere),
    ("sitrep", By("area")),
    ("sitrep_event", By("area")),
    ("sitrep_template", Everywhere),
    ("target", By("area")),
    ("unit", Everywhere),
    ("unit_alias", Everywhere),
    ("users", Everywhere),
];

/// The statements that tell Citus where tables lie. They may be run again: what is placed already stays.
pub fn distribution() -> Vec<String> {
    let place = |(table, placement): &(&str, Placement)| {
        let call = match placement {
            Everywhere => format!("create_reference_table('{table}')"),
            By(column) => format!("create_distributed_table('{table}', '{column}')"),
        };
        format!(
            "SELECT {call} WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = '{table}'::regclass);"
        )
    };
    TABLES.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_is_placed_by_one_statement_that_may_be_run_again() {
        let statements = distribution();
        assert_eq!(statements.len(), TABLES.len());
        let area = "SELECT create_reference_table('area') WHERE NOT EXISTS";
        assert!(statements.iter().any(|one| one.starts_with(area)));
        assert!(statements.iter().any(|one| one.contains("create_distributed_table('audit', 'chain')")));
    }
}
