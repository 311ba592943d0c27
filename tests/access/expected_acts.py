"""Who may do what, in which state: written by hand from design §6, not derived from the tables of the code.

Each act names the roles that may do it and the states from which. Whoever sees a case but is not named for
the act is "not allowed"; whoever is named for other states comes "too late"; whoever does not see it hears
"not found". A new act, role or state without an entry here fails the matrix.
"""

ALL = "*"

PROPOSAL_STATES = (
    "draft cosigning submitted reviewed returned filed not_filed merged withdrawn "
    "handling replied tripartite closed"
)  # fmt: skip
ASSIGNMENT_STATES = (
    "awaiting_sign handling return_requested awaiting_sign_off awaiting_check replied opinion_given opinion_missed "
    "recalled"
)  # fmt: skip
CHANGE_REQUEST_STATES = "pending granted refused taken_back lapsed"
COSIGNATURE_STATES = "invited agreed declined expired recalled taken_back"

# From submission on the committee sees everything, before that nothing. The dispatch office comes in with
# filing. A unit sees what it was given for as long as it has it.
WITHOUT_DRAFTS = "submitted reviewed returned filed not_filed merged withdrawn handling replied tripartite closed"
FROM_FILING = "filed handling replied tripartite closed"
BEFORE_HANDLING = "submitted reviewed returned filed not_filed merged withdrawn"
BEFORE_FILING = "draft cosigning submitted reviewed returned"

SEES_PROPOSAL = {
    "author": ALL, "contact": ALL, "cosigner": ALL, "invitee": ALL, "merged_author": ALL,
    "merged_cosigner": ALL, "operator": ALL, "unit_leader": ALL,
    "reviewer": WITHOUT_DRAFTS, "staff": WITHOUT_DRAFTS, "head": WITHOUT_DRAFTS,
    "dispatch": FROM_FILING,
    "stranger": "", "foreign_operator": "", "foreign_dispatch": "filed", "administrator": "",
    "secretary": "draft returned",
    "suggestion_unit": "not_filed", "convener": ALL, "seconder": ALL, "supporter": "submitted reviewed",
    "leading": FROM_FILING, "leader": FROM_FILING,
}  # fmt: skip

# A case in 并案 whose main one the unit holds: whoever has to answer it reads it and may do nothing with it; the
# main case's own proposers do not read it.
SEES_MERGED = {
    "merged_author": ALL, "merged_cosigner": ALL, "operator": ALL, "unit_leader": ALL, "dispatch": ALL,
    "reviewer": ALL, "staff": ALL, "head": ALL, "author": "", "cosigner": "", "invitee": "",
    "stranger": "", "foreign_operator": "", "foreign_dispatch": "", "administrator": "", "secretary": "",
    "suggestion_unit": "", "convener": "", "seconder": "", "supporter": "", "leading": "", "leader": "",
}  # fmt: skip

COMMITTEE_FROM_FILING = {"staff": FROM_FILING, "head": FROM_FILING}
OFFICES_FROM_FILING = {**COMMITTEE_FROM_FILING, "dispatch": FROM_FILING, "foreign_dispatch": "filed"}

PROPOSAL = {
    "create": {"author": "", "contact": "", "secretary": ""},
    "hand_over": {"secretary": "draft returned"},
    "record_from_ledger": {"system": ""},  # opens a case, never comes to one that is there
    # 提
    "invite": {"author": "draft cosigning"},
    "extend_cosigning": {"author": "cosigning"},
    "back_to_draft": {"author": "cosigning"},
    "ask_convener": {"contact": "draft returned"},
    "confirm_collective": {"convener": "draft returned"},
    "submit": {"author": "draft cosigning returned", "contact": "draft cosigning returned"},
    "close_cosigning": {"system": "cosigning"},
    "move_offline": {
        "author": "draft cosigning returned",
        "contact": "draft cosigning returned",
        "staff": BEFORE_HANDLING,
        "head": BEFORE_HANDLING,
        "system": "withdrawn",
    },
    "enter_by_proxy": {"staff": "", "head": ""},  # opens a case
    "confirm_proxy": {"author": "submitted reviewed", "contact": "submitted reviewed"},
    "dispute_proxy": {"author": "submitted reviewed", "contact": "submitted reviewed"},
    "withdraw": {"author": BEFORE_FILING, "contact": BEFORE_FILING},
    "support": {"supporter": "submitted reviewed"},
    "withdraw_support": {"seconder": "submitted reviewed returned"},
    # 立
    "admit_late": {"staff": "submitted reviewed", "head": "submitted reviewed"},
    "revoke_admission": {"staff": "submitted reviewed", "head": "submitted reviewed"},
    "pre_review": {"reviewer": "submitted", "staff": "submitted", "head": "submitted"},
    "review_again": {"head": "reviewed"},
    "file": {"head": "reviewed"},
    "return": {"head": "reviewed"},
    "reject": {"head": "reviewed"},
    "merge": {"head": "reviewed"},
    "undo_decision": {"head": "filed not_filed merged returned"},
    "take_back": {"staff": "returned", "head": "returned"},
    "split": {"staff": "submitted reviewed", "head": "submitted reviewed"},
    "split_off": {"staff": "", "head": ""},  # opens a case, never comes to one that is there
    "undo_split": {"staff": "submitted reviewed", "head": "submitted reviewed"},
    "split_withdrawn": {"system": "submitted reviewed"},
    "answer_merge": {"author": "merged", "contact": "merged"},
    "convert": {"system": "not_filed"},
    "acknowledge_suggestion": {"suggestion_unit": "not_filed"},
    "number": {"staff": "filed", "head": "filed"},
    # 办
    "assign": {"staff": "filed", "head": "filed", "dispatch": "filed", "foreign_dispatch": "filed"},
    "all_replied": {"system": "handling"},
    # 评
    "reopen": {"system": "replied"},
    "to_tripartite": {"system": "handling replied"},
    "record_meeting": {"staff": "tripartite", "head": "tripartite"},
    "rate_again": {"system": "tripartite closed"},
    "close": {"system": "replied"},
    "close_unrated": {"system": "replied"},
    "publish": {"staff": "replied closed", "head": "replied closed"},
    "unpublish": {"staff": "handling replied tripartite closed", "head": "handling replied tripartite closed"},
    "correct": {"head": "filed handling replied tripartite closed"},
    # 评优和归档
    "nominate": {"staff": "closed", "head": "closed", "contact": "closed", "convener": "closed"},
    "withdraw_nomination": {"staff": "closed", "head": "closed"},
    "award": {"head": "closed"},
    "revoke_award": {"head": "closed"},
    "archive": {"staff": "closed", "head": "closed"},
    # by request, after submission
    "ask_amend": {"author": "submitted reviewed filed handling", "contact": "submitted reviewed filed handling"},
    "ask_withdrawal": {"author": "filed handling", "contact": "filed handling"},
    "amend": {"system": "submitted reviewed filed handling"},
    "withdraw_filed": {"system": "filed handling"},
    # 督, beside the states
    "nominate_key": COMMITTEE_FROM_FILING,
    "consult_key": COMMITTEE_FROM_FILING,
    "decide_key": {"head": FROM_FILING},
    "decline_key": {"head": FROM_FILING},
    "name_leaders": COMMITTEE_FROM_FILING,
    "revoke_key": {"head": FROM_FILING},
    "summarise_key": COMMITTEE_FROM_FILING,
    "supervise": OFFICES_FROM_FILING,
    "instruct": {**OFFICES_FROM_FILING, "leading": FROM_FILING},
    "void_supervision": OFFICES_FROM_FILING,
    # a body was merged into another
    "succeed": {"system": PROPOSAL_STATES},
}

UNTIL_RECALLED = (
    "awaiting_sign handling return_requested awaiting_sign_off awaiting_check replied opinion_given opinion_missed"
)

UNANSWERED = "awaiting_sign handling awaiting_sign_off awaiting_check"

SEES_ASSIGNMENT = {
    "author": ALL, "contact": ALL, "cosigner": ALL, "merged_author": ALL, "merged_cosigner": ALL,
    "reviewer": ALL, "staff": ALL, "head": ALL, "dispatch": ALL,
    "operator": UNTIL_RECALLED, "unit_leader": UNTIL_RECALLED, "lead_operator": "opinion_given",
    "invitee": "", "stranger": "", "foreign_operator": "", "foreign_dispatch": "", "administrator": "", "secretary": "",
    "suggestion_unit": "", "convener": "", "seconder": ALL, "supporter": "", "leading": ALL, "leader": ALL,
}  # fmt: skip

ASSIGNMENT = {
    "record_from_ledger": {"system": ""},  # opens a case, never comes to one that is there
    "sign_for": {"operator": "awaiting_sign"},
    "request_return": {"operator": "awaiting_sign handling"},
    "approve_return": {"dispatch": "return_requested", "head": "return_requested"},
    "refuse_return": {"dispatch": "return_requested", "head": "return_requested"},
    "reassign": {"dispatch": UNANSWERED, "head": UNANSWERED},
    "take_lead": {
        "system": "awaiting_sign handling return_requested awaiting_sign_off awaiting_check opinion_given opinion_missed"
    },
    "add_assistants": {
        "staff": "awaiting_sign handling",
        "head": "awaiting_sign handling",
        "dispatch": "awaiting_sign handling",
    },
    "log_contact": {"operator": "handling replied"},
    "give_opinion": {"operator": "handling"},
    "send_draft": {"operator": "handling"},
    "comment_on_draft": {"author": "handling", "contact": "handling"},
    "submit_reply": {"operator": "handling"},
    "sign_off": {"unit_leader": "awaiting_sign_off"},
    "refuse_sign_off": {"unit_leader": "awaiting_sign_off"},
    "check": {"dispatch": "awaiting_check", "head": "awaiting_check"},
    "check_back": {"dispatch": "awaiting_check", "head": "awaiting_check"},
    "send": {"operator": "awaiting_check"},
    "rate": {"author": "replied", "contact": "replied", "cosigner": "replied", "seconder": "replied"},
    "rate_by_proxy": {"staff": "replied", "head": "replied"},
    "rate_proposal": {"operator": "replied"},
    "void_rating": {"head": "replied"},
    "correct_reply": {"head": "replied"},
    "void_contact": {"head": "handling replied"},
    "another_round": {"system": "replied"},
    "text_changed": {"system": "awaiting_sign_off awaiting_check"},
    "miss_opinion": {"system": "awaiting_sign handling awaiting_sign_off"},
    "recall": {
        "system": "awaiting_sign handling return_requested awaiting_sign_off awaiting_check opinion_given opinion_missed"
    },
    "request_extension": {"operator": "handling"},
    "extend": {"system": "awaiting_sign handling return_requested awaiting_sign_off awaiting_check"},
    "set_due": {"head": "awaiting_sign handling return_requested awaiting_sign_off awaiting_check"},
    # 督
    "urge": {
        "staff": UNANSWERED,
        "head": UNANSWERED,
        "dispatch": UNANSWERED,
    },
    "propose_upgrade": {"operator": "replied", "staff": "replied", "head": "replied"},
    "consent_upgrade": {"author": "replied", "contact": "replied"},
    "decline_upgrade": {"author": "replied", "contact": "replied"},
    "grant_upgrade": {"head": "replied"},
    "refuse_upgrade": {"head": "replied"},
    "note": {"operator": UNTIL_RECALLED, "unit_leader": UNTIL_RECALLED},
    "upload_scan": {"operator": "awaiting_check"},
    "write_supplement": {"operator": "replied"},
    "sign_supplement": {"unit_leader": "replied"},
    "refuse_supplement": {"unit_leader": "replied"},
    "answer_demand": {"operator": UNTIL_RECALLED},
    "succeed": {"system": "awaiting_sign handling return_requested awaiting_sign_off awaiting_check"},
    "stand_alone": {"system": UNTIL_RECALLED},
}

SEES_COSIGNATURE = {
    "author": ALL, "invitee": ALL,
    "reviewer": "", "staff": "", "head": "", "contact": "", "cosigner": "", "merged_author": "",
    "merged_cosigner": "", "dispatch": "", "operator": "", "unit_leader": "", "stranger": "",
    "foreign_operator": "", "foreign_dispatch": "", "administrator": "", "secretary": "",
    "suggestion_unit": "", "convener": "", "seconder": "", "supporter": "", "leading": "", "leader": "",
}  # fmt: skip

COSIGNATURE = {
    "record_from_ledger": {"system": ""},  # opens a case, never comes to one that is there
    "agree": {"invitee": "invited"},
    "decline": {"invitee": "invited"},
    "recall": {"author": "invited"},
    "invite_again": {"author": "recalled declined"},
    "expire": {"system": "invited"},
    "support": {"system": "invited declined expired recalled taken_back"},
    "take_back": {"system": "agreed"},
    "enter_by_proxy": {"system": ""},  # comes with the proposal that is entered
}

SEES_CHANGE_REQUEST = {
    "author": ALL, "contact": ALL, "cosigner": ALL, "reviewer": ALL, "staff": ALL, "head": ALL,
    "invitee": "", "merged_author": "", "merged_cosigner": "", "dispatch": "", "operator": "", "unit_leader": "",
    "stranger": "", "foreign_operator": "", "foreign_dispatch": "", "administrator": "", "secretary": "",
    "suggestion_unit": "", "seconder": ALL, "supporter": "", "convener": "", "leading": "", "leader": "",
}  # fmt: skip

CHANGE_REQUEST = {
    "give_view": {"cosigner": "pending", "seconder": "pending"},
    "grant": {"head": "pending"},
    "refuse": {"head": "pending"},
    "take_back": {"author": "pending", "contact": "pending"},
    "lapse": {"system": "pending"},
}

EXTENSION_STATES = "pending granted refused lapsed"

SEES_EXTENSION = {
    "operator": ALL, "unit_leader": ALL, "dispatch": ALL, "reviewer": ALL, "staff": ALL, "head": ALL,
    "author": "", "contact": "", "cosigner": "", "invitee": "", "merged_author": "", "merged_cosigner": "",
    "lead_operator": "", "stranger": "", "foreign_operator": "", "foreign_dispatch": "", "administrator": "",
    "secretary": "", "suggestion_unit": "", "convener": "", "seconder": "", "supporter": "",
    "leading": "", "leader": "",
}  # fmt: skip

EXTENSION = {
    "grant": {"dispatch": "pending", "head": "pending"},
    "refuse": {"dispatch": "pending", "head": "pending"},
    "lapse": {"system": "pending"},
}

COMMITMENT_STATES = "draft open reported_done done voided"
MADE = "open reported_done done voided"

# A draft's promises are read with the draft. Whoever is named to keep one holds it too, here a third unit.
SEES_COMMITMENT = {
    "author": MADE, "contact": MADE, "cosigner": MADE, "seconder": MADE, "merged_author": MADE, "merged_cosigner": MADE,
    "reviewer": MADE, "staff": MADE, "head": MADE, "dispatch": MADE, "operator": MADE, "unit_leader": MADE,
    "owner": MADE, "invitee": "", "stranger": "", "foreign_operator": "", "foreign_dispatch": "", "administrator": "",
    "secretary": "", "suggestion_unit": "", "convener": "", "supporter": "",
    "leading": MADE, "leader": MADE,
}  # fmt: skip

COMMITMENT = {
    "begin": {"system": "draft"},
    "report_progress": {"operator": "open", "owner": "open"},
    "postpone": {"operator": "open", "owner": "open"},
    "report_done": {"operator": "open", "owner": "open"},
    "confirm_done": {"dispatch": "reported_done", "staff": "reported_done", "head": "reported_done"},
    "not_done": {"dispatch": "reported_done", "staff": "reported_done", "head": "reported_done"},
    "urge": {"dispatch": "open", "staff": "open", "head": "open"},
    "void": {"head": "open reported_done"},
    "supersede": {"system": "open reported_done"},
}

LEAD_STATES = "waiting offered declined redirected used"
OFFERED = "offered used"

SEES_LEAD = {
    "contributor": ALL, "reviewer": ALL, "staff": ALL, "head": ALL, "writer": OFFERED,
    "stranger": "", "administrator": "",
}  # fmt: skip

LEAD = {
    "bring": {"system": ""},
    "offer": {"staff": "waiting", "head": "waiting"},
    "decline": {"staff": "waiting", "head": "waiting"},
    "redirect": {"staff": "waiting", "head": "waiting"},
    "screen_again": {"staff": "offered declined redirected", "head": "offered declined redirected"},
    "use": {"writer": OFFERED},
}

ANNOUNCEMENT_STATES = "draft published withdrawn dropped"

SEES_ANNOUNCEMENT = {"writer": ALL, "recipient": "published withdrawn", "stranger": "", "administrator": ""}

ANNOUNCEMENT = {
    "begin": {"system": ""},
    "publish": {"writer": "draft"},
    "remind": {"writer": "published"},
    "add": {"writer": "published"},
    "withdraw": {"writer": "published"},
    "drop": {"writer": "draft"},
}
