use crate::ground::grounds;

#[tokio::test]
async fn every_statement_can_be_prepared_on_both_databases() {
    for ground in grounds().await {
        let unfit = ground.store.unfit_statements().await.unwrap();
        assert!(unfit.is_empty(), "{}: {unfit:#?}", ground.store.database_name());
    }
}
