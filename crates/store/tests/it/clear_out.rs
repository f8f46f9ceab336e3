use lianfang_domain::{UserId, access::Act};
use lianfang_store::{Invitation, Session};

use crate::ground::{NOW, actor, grounds};

#[tokio::test]
async fn links_and_sessions_are_forgotten_from_their_end_on() {
    for ground in grounds().await {
        let store = &ground.store;
        let user = UserId(store.new_id(NOW));
        let invitation = Invitation { user: Some(user), purpose: "password".to_owned(), until_ms: NOW + 10 };
        let session = Session {
            id: store.new_id(NOW),
            user,
            started_at_ms: NOW + 10,
            seen_at_ms: NOW + 10,
            agent: String::new(),
        };
        let mut tx = store.begin(&actor(0), Act::ChangeUsers);
        tx.invite(b"link", &invitation);
        tx.start_session(b"session", &session);
        tx.commit().await.unwrap();
        for (before_ms, is_left) in [(NOW + 10, true), (NOW + 11, false)] {
            let mut tx = store.begin(&actor(1), Act::ClearOut);
            tx.forget_invitations(before_ms);
            tx.forget_sessions(before_ms);
            tx.commit().await.unwrap();
            assert_eq!(store.invitation(b"link").await.unwrap().is_some(), is_left);
            assert_eq!(store.session(b"session").await.unwrap().is_some(), is_left);
        }
    }
}
