"""How the history of the back office names what happens to cases."""

from django.utils.translation import gettext_lazy

from portal.backoffice.events import ACTIONS

ACTIONS.update(
    {
        "case_receive": gettext_lazy("Received from its sender"),
        "case_read": gettext_lazy("Opened and read"),
        "case_file": gettext_lazy("File of the sender opened"),
        "case_forward": gettext_lazy("Forwarded to the agency that answers"),
        "case_return": gettext_lazy("Sent back by the agency"),
        "case_out_of_scope": gettext_lazy("Found to be out of scope"),
        "case_merge": gettext_lazy("Joined to an earlier case"),
        "case_set_free": gettext_lazy("Taken out of the other case again"),
        "case_discard": gettext_lazy("Found to be no real request"),
        "case_classify": gettext_lazy("Field or general concern changed"),
        "case_note": gettext_lazy("Note written"),
        "case_draft": gettext_lazy("Draft of the answer stored"),
        "case_submit": gettext_lazy("Draft laid before the head of the agency"),
        "case_send_back": gettext_lazy("Draft sent back"),
        "case_answer": gettext_lazy("Answer signed and sent"),
        "case_extend": gettext_lazy("Sender told of the progress, date promised"),
        "case_complex": gettext_lazy("Information found to be complex"),
        "case_ask_back": gettext_lazy("Sender asked to clarify"),
        "case_reply": gettext_lazy("Sender replied"),
        "case_no_reply": gettext_lazy("Day of the reply passed"),
        "case_go_on": gettext_lazy("Waited no longer for the reply"),
        "case_reopen": gettext_lazy("Sender asked again"),
        "case_withdraw": gettext_lazy("Withdrawn by the sender"),
        "case_correct": gettext_lazy("Data corrected by the sender"),
        "case_consent": gettext_lazy("Consent taken back by the sender"),
        "case_consent_given": gettext_lazy("Consent given by the sender"),
        "case_public_version": gettext_lazy("Public version drafted"),
        "case_erase": gettext_lazy("Personal data erased"),
        "term_added": gettext_lazy("Period entered"),
        "term_changed": gettext_lazy("Period changed"),
        "term_removed": gettext_lazy("Period removed"),
        "paragraph_added": gettext_lazy("Paragraph entered"),
        "paragraph_changed": gettext_lazy("Paragraph changed"),
        "paragraph_removed": gettext_lazy("Paragraph removed"),
    }
)
