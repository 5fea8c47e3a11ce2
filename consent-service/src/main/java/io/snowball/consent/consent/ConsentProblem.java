package io.snowball.consent.consent;

import io.snowball.platform.problem.ProblemType;

enum ConsentProblem implements ProblemType {
    UNKNOWN_PURPOSE("unknown-purpose", 400, "There is no such purpose: create it first"),
    DOCUMENT_REQUIRED("document-required", 400, "Name the document and the version that the person agreed to"),
    UNKNOWN_DOCUMENT("unknown-document-version", 400, "There is no such version of a consent document"),
    DOCUMENT_FOR_SOMETHING_ELSE(
            "document-for-something-else", 400, "The document is for another type of consent or another purpose"),
    DOCUMENT_NOT_IN_EFFECT("document-not-in-effect", 400, "The version was not in effect yet when it was agreed to"),
    TICKED_BY_DEFAULT("checkbox-ticked-by-default", 400, "A box that was ticked beforehand is no consent"),
    CHANNEL_REQUIRED("channel-required", 400, "Consent to advertising is for one channel: name it"),
    CHANNEL_NOT_APPLICABLE("channel-not-applicable", 400, "This type of consent knows no channel: leave it out"),
    IN_THE_FUTURE(
            "stated-in-the-future", 400, "The time of the statement is in the future: check the clock of the sender"),
    INVALID_IP("invalid-ip", 400, "This is no IPv4 or IPv6 address"),
    ENDS_BEFORE_IT_BEGINS("ends-before-it-begins", 400, "The consent would end before it was given"),
    LEGACY_NO_LONGER(
            "legacy-consent-no-longer",
            400,
            "Since 01.09.2025 consent is given apart from any other document (152-FZ art. 9 p. 1, 156-FZ): what was asked for inside one since then is none"),
    REFERENCE_REQUIRED("confirmation-reference-required", 400, "Say where the proof of the confirmation lies"),
    PURPOSE_NOT_FOUND("purpose-not-found", 404, "There is no such purpose"),
    RECORD_NOT_FOUND("consent-not-found", 404, "There is no such record in the ledger");

    private final String slug;
    private final int status;
    private final String title;

    ConsentProblem(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
