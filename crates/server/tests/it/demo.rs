use lianfang_domain::{Lang, access::Scope, order::OrderState};
use lianfang_server::{DEMO_PASSWORD, lay_out_demo};
use lianfang_store::OrderSearch;

use crate::town::{NOW, towns};

#[tokio::test]
async fn the_demo_is_a_whole_district_with_a_user_of_each_role() {
    for town in towns().await {
        let users = lay_out_demo(&town.app, 1, Lang::Zh).await.unwrap();
        assert_eq!(users.len(), 10);
        for user in &users {
            let mut browser = town.browser();
            town.wait(10_000);
            browser.open("/sign-in").await;
            let fields = [("login", user.login), ("password", DEMO_PASSWORD), ("next", "/")];
            browser.send("/sign-in", &fields).await.shows(user.role.words(Lang::Zh));
            match user.login {
                "office" => {
                    browser.open("/areas/990101").await.shows("石桥镇").shows("梅岭乡");
                    browser.open("/units").await.shows("共 58 条").shows("清河区卫生健康局");
                }
                "township" => {
                    browser.open("/units").await.shows("石桥镇卫生院");
                    assert!(!browser.page.contains("柳林镇"), "{}", browser.page);
                }
                "unit" => {
                    browser.open("/directory?phones=full").await.shows("13900000");
                }
                _ => {}
            }
        }
        // The response has its orders in every state.
        let search = OrderSearch { now_ms: NOW, limit: 1000, ..OrderSearch::default() };
        let orders = town.store.order_rows(&search, &Scope::everywhere()).await.unwrap();
        assert!(orders.len() > 150, "{}", orders.len());
        for state in
            OrderState::ALL.into_iter().filter(|state| !matches!(state, OrderState::Lifted | OrderState::Reassigned))
        {
            assert!(orders.iter().any(|row| row.record.order.state == state), "{state:?}");
        }
        // A second start finds it as it is.
        assert_eq!(lay_out_demo(&town.app, 2, Lang::Zh).await.unwrap(), users);
    }
}

#[tokio::test]
async fn a_database_with_other_data_is_not_called_a_demo() {
    for town in towns().await {
        town.set_up().await;
        let fault = lay_out_demo(&town.app, 1, Lang::Zh).await.unwrap_err();
        assert!(fault.to_string().contains("已有别的数据"), "{fault}");
    }
}
