package io.snowball.consent.document;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum DocumentProblem implements ProblemType {
    PURPOSE_EXISTS("purpose-exists", 409, "There is a purpose with this code already", "pk_purpose"),
    PURPOSE_NOT_FOUND("purpose-not-found", 404, "There is no such purpose", null),
    UNKNOWN_PURPOSE("unknown-purpose", 400, "Create the purpose first", "fk_consent_document__purpose"),
    DOCUMENT_EXISTS(
            "consent-document-exists",
            409,
            "There is a document with this code and language already: publish a new version of it",
            "uq_consent_document__code_language"),
    DOCUMENT_NOT_FOUND("consent-document-not-found", 404, "There is no such consent document", null),
    VERSION_NOT_FOUND("consent-document-version-not-found", 404, "The document has no such version", null),
    LEGACY_TEXT_NO_LONGER(
            "legacy-text-no-longer",
            400,
            "Since 01.09.2025 consent is asked for apart from any other document (152-FZ art. 9 p. 1, 156-FZ)",
            null),
    VERSION_OUT_OF_ORDER(
            "version-out-of-order", 409, "A new version takes effect after the one before it, not earlier", null);

    private final String slug;
    private final int status;
    private final String title;
    private final @Nullable String constraint;

    DocumentProblem(String slug, int status, String title, @Nullable String constraint) {
        this.slug = slug;
        this.status = status;
        this.title = title;
        this.constraint = constraint;
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

    @Override
    public @Nullable String constraint() {
        return constraint;
    }
}
