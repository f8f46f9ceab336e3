use lianfang_domain::{Lang, UserId, access::Act};
use lianfang_store::{Store, StoreError, User, UserState};

use crate::ground::{NOW, actor, grounds};

#[tokio::test]
async fn after_a_rotation_old_secrets_open_and_are_sealed_with_the_new_key() {
    for ground in grounds().await {
        let user = User {
            id: UserId(ground.store.new_id(NOW)),
            login: "lin".to_owned(),
            name: "值班员甲".to_owned(),
            state: UserState::Invited,
            lang: Lang::Zh,
            version: 1,
            has_totp: false,
        };
        let mut tx = ground.store.begin(&actor(0), Act::ChangeUsers);
        tx.about("user", user.id, None);
        tx.add_user(&user);
        tx.set_totp(&user, Some("JBSWY3DPEHPK3PXP"), true).unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ground.store.rotate_keys(&actor(1)).await.unwrap(), 1);
        let record = ground.store.user_record(user.id).await.unwrap().unwrap();
        assert_eq!(record.totp.as_deref(), Some("JBSWY3DPEHPK3PXP"));
        ground.store.close().await;
        drop(ground.store);
        let store = Store::open(&ground.settings, NOW).await.unwrap();
        let record = store.user_record(user.id).await.unwrap().unwrap();
        assert_eq!(record.totp.as_deref(), Some("JBSWY3DPEHPK3PXP"));
    }
}

#[tokio::test]
async fn another_master_key_is_refused_by_name() {
    for ground in grounds().await {
        ground.store.close().await;
        drop(ground.store);
        let other = tempfile::tempdir().unwrap();
        let settings = lianfang_store::Settings { keys: other.path().to_owned(), ..ground.settings };
        let refused = Store::open(&settings, NOW).await.err();
        assert!(matches!(&refused, Some(StoreError::Broken(why)) if why.contains("master key")), "{refused:?}");
    }
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_is_refused() {
    let ground = grounds().await.remove(0);
    let refused = Store::open(&ground.settings, NOW).await.err();
    assert!(matches!(&refused, Some(StoreError::Unavailable(why)) if why.contains("another process")), "{refused:?}");
}
