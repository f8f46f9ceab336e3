//! Traditional characters that occur in the words the rules look for, and their simplified forms.
//!
//! It is not a converter: the text itself stays as written. Only characters of one meaning are listed.

use std::sync::LazyLock;

const PAIRS: &str = "\
應应急急預预案案衛卫發发響响級级組组織织長长導导領领員员單单位位責责職职務务務务區区縣县鄉乡鎮镇辦办處处廳厅\
會会議议證证監监測测檢检驗验報报告告時时間间內内後后總总則则據据適适圍围範范圍围則则則则標标準准條条\
啟启動动調调終终結结級级類类別别專专業业資资應应備备儲储訓训練练習习傳传學学校校醫医療疗護护藥药疫疫\
隔隔離离觀观察察運运輸输車车輛辆場场站站點点機机構构體体統统計计劃划實实施施項项經经濟济財财稅税業业\
農农農农林林業业商商務务貿贸廣广電电視视遊游旅旅藝艺術术網网絡络訊讯號号碼码電电話话聯联繫系絡络\
協协調调牽牵頭头負负責责參参與与認认為为對对將将從从來来還还進进過过達达適适選选遞递遠远週周圍围\
國国際际關关海海邊边檢检鐵铁路路機机場场衞卫義义務务書书記记記记錄录錄录計计詞词語语說说請请論论設设\
訪访評评詢询試试該该詳详認认語语誤误調调談谈請请謀谋謂谓講讲識识議议護护讓让變变責责貨货貫贯費费貴贵\
資资賓宾質质購购贈赠趨趋跡迹軍军轉转輕轻較较輔辅輸输輛辆辭辞邏逻鄰邻醞酝釋释針针鋒锋錄录錯错鍵键鎖锁\
鏈链鐘钟鑒鉴閉闭開开間间閱阅闊阔隊队階阶際际險险隨随隱隐難难雙双雜杂離离電电靈灵靜静響响頂顶項项順顺\
須须預预領领頭头題题額额願愿類类顧顾顯显風风飛飞飯饭飲饮養养餐餐館馆駐驻驗验驟骤體体髮发鬆松鬥斗魚鱼\
鳥鸟麗丽點点黨党齊齐齡龄齒齿龍龙萬万與与專专業业東东絲丝兩两嚴严喪丧個个豐丰臨临為为麼么烏乌樂乐喬乔\
習习買买亂乱爭争虧亏雲云亞亚產产畝亩親亲億亿僅仅從从侖仑倉仓儀仪們们價价眾众優优夥伙會会傘伞偉伟傳传\
傷伤倫伦偽伪體体傭佣側侧債债傾倾償偿儲储兒儿黨党蘭兰關关興兴養养獸兽內内岡冈冊册寫写軍军農农馮冯衝冲\
決决況况凍冻淨净準准涼凉減减幾几鳳凤憑凭凱凯擊击劃划劉刘則则剛刚創创刪删別别製制劑剂剝剥劇剧勸劝辦办\
務务動动勵励勁劲勞劳勢势勻匀匯汇區区協协單单賣卖盧卢衛卫卻却廠厂廳厅歷历曆历厲厉壓压厭厌縣县參参雙双\
發发變变疊叠葉叶號号嘆叹嚇吓嗎吗啟启吳吴員员聽听呂吕響响問问園园圍围圖图圓圆國国團团聖圣場场壞坏塊块\
堅坚壇坛壩坝墳坟墜坠壟垄報报執执擴扩掃扫揚扬擾扰撫抚拋抛搶抢護护擔担擬拟擁拥攔拦擇择掛挂揮挥損损換换\
據据擋挡擠挤搖摇攜携攝摄擺摆攤摊敵敌斂敛數数斷断無无舊旧時时曠旷晝昼顯显晉晋曬晒曉晓暈晕暫暂術术樸朴\
機机殺杀雜杂權权條条來来楊杨極极構构樞枢槍枪標标棧栈棟栋欄栏樹树樣样橋桥檢检樓楼歐欧歡欢歲岁殘残殲歼\
毀毁畢毕氣气漢汉湯汤溝沟沒没淪沦滄沧滬沪瀉泻澤泽潔洁灑洒淺浅漿浆測测濟济渾浑濃浓濤涛濕湿滅灭災灾燈灯\
爐炉點点煉炼爛烂熱热煙烟燒烧牆墙獎奖獨独獲获獵猎環环現现瑪玛畫画暢畅療疗瘧疟瘡疮瘋疯癥症皺皱盞盏鹽盐\
監监蓋盖盜盗盤盘眾众睜睁礦矿碼码磚砖確确禮礼禍祸離离種种積积稱称穩稳窮穷竊窃豎竖競竞筆笔築筑簡简籌筹\
簽签糧粮糞粪緊紧糾纠紅红約约級级紀纪紛纷純纯紙纸納纳縱纵綱纲紹绍終终組组細细織织線线練练紳绅絕绝統统\
結结給给絡络續续維维綜综綠绿網网緒绪績绩緩缓編编緣缘縮缩繼继纖纤罰罚羅罗職职聯联聰聪肅肃腸肠膚肤腫肿\
脈脉脫脱腦脑臉脸臟脏膽胆勝胜艦舰艙舱藝艺節节蘇苏範范葷荤莊庄華华葉叶蓋盖藥药萊莱營营薩萨藍蓝蟲虫雖虽\
補补裝装裡里複复襲袭見见規规覺觉覽览覆覆觸触譽誉計计訂订訊讯訓训託托記记設设許许訴诉診诊註注評评詞词\
試试詩诗話话詳详誠诚誤误說说誰谁課课諒谅談谈請请諸诸諾诺謀谋謹谨證证識识譜谱警警譯译議议護护譴谴讀读\
貝贝財财貢贡販贩貧贫貪贪貫贯責责貯贮貼贴貿贸費费賀贺資资賊贼賞赏賠赔賢贤賦赋質质賬账購购賽赛贊赞贏赢\
趕赶趨趋躍跃車车軌轨軒轩軟软載载較较輔辅輝辉輩辈輪轮輯辑轄辖轉转辦办辯辩辭辞農农迴回連连週周進进遊游\
運运過过達达違违遙遥遞递遠远適适遲迟遷迁選选遺遗邁迈還还郵邮鄉乡鄧邓鄭郑鄰邻醜丑醫医醬酱釀酿釋释";

static TABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut table = Vec::new();
    let mut chars = PAIRS.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from != to {
            table.push((from, to));
        }
    }
    table.sort_unstable();
    table.dedup();
    table
});

/// One bit for each Han character that the table changes, so that simplified text costs one look-up.
static CHANGED: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0u64; (0xA000 - 0x3400) / 64];
    for &(from, _) in TABLE.iter() {
        if let Some(index) = bit_index(from) {
            bits[index / 64] |= 1 << (index % 64);
        }
    }
    bits
});

fn bit_index(c: char) -> Option<usize> {
    let code = c as usize;
    (0x3400..0xA000).contains(&code).then(|| code - 0x3400)
}

/// The simplified form where the table has one, else the character itself.
pub(super) fn simplified(c: char) -> char {
    let changed = bit_index(c).is_some_and(|index| CHANGED[index / 64] >> (index % 64) & 1 == 1);
    if !changed {
        return c;
    }
    TABLE.binary_search_by_key(&c, |&(from, _)| from).map_or(c, |index| TABLE[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_has_one_meaning() {
        for pair in TABLE.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{} has two simplified forms", pair[0].0);
        }
    }

    #[test]
    fn words_of_command_are_simplified() {
        let words: String = "應急響應指揮長組長衛生縣鄉鎮".chars().map(simplified).collect();
        assert_eq!(words, "应急响应指挥长组长卫生县乡镇");
    }
}
