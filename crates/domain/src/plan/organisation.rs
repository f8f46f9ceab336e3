use serde::{Deserialize, Serialize};

use super::{Confidence, Duty, Source};

/// What kind of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// 指挥部.
    Headquarters,
    /// 领导小组.
    LeadingGroup,
    /// 前线指挥部、现场指挥部.
    ForwardCommand,
    /// 办公室.
    Office,
    /// 工作组、专班.
    WorkGroup,
    /// 专家组、专家委员会.
    ExpertGroup,
}

/// Whether the body exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BodyStatus {
    /// The plan sets it up.
    #[default]
    SetUp,
    /// The plan says that it is not yet set up (`目前未成立`).
    NotYetSetUp,
    /// The plan only names it in a list.
    NamedOnly,
}

/// The relation of a leader to a body. These are different and are never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// 总指挥、指挥长.
    Commander,
    /// 常务副总指挥.
    ExecutiveDeputyCommander,
    /// 副总指挥.
    DeputyCommander,
    /// 组长.
    Leader,
    /// 常务副组长.
    ExecutiveDeputyLeader,
    /// 副组长.
    DeputyLeader,
    /// 牵头领导: the official who answers for the group politically (`由分管卫健副区长牵头`, 包保领导).
    LeadingOfficial,
    /// 责任人.
    ResponsiblePerson,
    /// 联系人、联络员.
    Liaison,
    /// 主任 of an office or committee.
    Director,
    /// 副主任.
    DeputyDirector,
    /// A member who is a person.
    MemberPerson,
}

/// A post, its incumbent, or both, as the plan writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leader {
    /// The relation.
    pub rank: Rank,
    /// The word the plan uses for it (`常务副总指挥`).
    pub rank_text: String,
    /// The incumbent's name, if written.
    pub person: Option<String>,
    /// The post, if written (`区卫健局局长`).
    pub post: Option<String>,
    /// Where.
    pub source: Source,
}

/// A telephone number with whom it reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phone {
    /// As written; a masked number keeps its `*`.
    pub number: String,
    /// Whose, if the line says.
    pub person: Option<String>,
    /// What for: `联系电话`, `举报电话`, `值班电话`.
    pub label: String,
    /// The body it is given for.
    pub body: Option<String>,
    /// Where.
    pub source: Source,
}

/// What kind of member it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// One unit.
    Unit,
    /// All units of a kind (`各乡镇`).
    Collective,
    /// A post.
    Post,
    /// A person.
    Person,
}

/// A unit as a member or lead of a body, or as the subject of a duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Full name with the inherited prefix (`发改局` after `区工信局` → `区发改局`).
    pub name: String,
    /// As written.
    pub text: String,
    /// Kind.
    pub kind: MemberKind,
    /// Second name in a bracket (`医政科（应急办）` → `应急办`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// `Likely` when the prefix was inherited.
    pub confidence: Confidence,
    /// Where.
    pub source: Source,
}

/// The office of a headquarters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Office {
    /// Name as written.
    pub name: String,
    /// The unit it is set up in (`办公室设在区卫健局`).
    pub host: Option<String>,
    /// Director and deputies.
    pub leaders: Vec<Leader>,
    /// Members, where the plan lists them.
    pub members: Vec<Member>,
    /// Its duties.
    pub duties: Vec<Duty>,
    /// Where.
    pub source: Source,
}

/// A headquarters, leading group, work group or expert group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Body {
    /// Its name.
    pub name: String,
    /// Kind.
    pub kind: BodyKind,
    /// Whether it exists.
    pub status: BodyStatus,
    /// Number as written before its name; absent if it has none or lost it.
    pub number: Option<String>,
    /// The body it stands under.
    pub parent: Option<String>,
    /// Other names used for it in the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Leaders of every rank, in the order of the text.
    pub leaders: Vec<Leader>,
    /// 牵头单位.
    pub lead_units: Vec<Member>,
    /// 成员单位.
    pub members: Vec<Member>,
    /// Whether the member list is open (`等部门`).
    pub members_open: bool,
    /// Whose post stands for a member unit (`主要负责人`), if the plan says.
    pub members_by_post: Option<String>,
    /// Its office.
    pub office: Option<Box<Office>>,
    /// Its duties.
    pub duties: Vec<Duty>,
    /// Where.
    pub source: Source,
}

impl Body {
    /// A body of which nothing but its name is known yet.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: BodyKind, source: Source) -> Self {
        Body {
            name: name.into(),
            kind,
            status: BodyStatus::SetUp,
            number: None,
            parent: None,
            aliases: Vec::new(),
            leaders: Vec::new(),
            lead_units: Vec::new(),
            members: Vec::new(),
            members_open: false,
            members_by_post: None,
            office: None,
            duties: Vec::new(),
            source,
        }
    }

    /// Leaders of one rank.
    pub fn leaders_of(&self, rank: Rank) -> impl Iterator<Item = &Leader> {
        self.leaders.iter().filter(move |leader| leader.rank == rank)
    }
}

/// The command tree of a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Organisation {
    /// Headquarters and leading groups, forward and nested ones too.
    pub headquarters: Vec<Body>,
    /// Work groups.
    pub groups: Vec<Body>,
    /// Expert groups.
    pub expert_groups: Vec<Body>,
    /// Telephone numbers.
    pub phones: Vec<Phone>,
}

impl Organisation {
    /// All bodies: headquarters, then groups, then expert groups.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.headquarters.iter().chain(&self.groups).chain(&self.expert_groups)
    }
}
