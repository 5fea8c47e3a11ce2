package io.snowball.customer.profile;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum CustomerProblem implements ProblemType {
    EMAIL_TAKEN("email-taken", "The e-mail address belongs to another customer", null),
    EXTERNAL_ID_TAKEN("external-id-taken", "The external id belongs to another customer", null),
    /** Two requests met: the database decided, and does not say by which identity. */
    IDENTITY_TAKEN(
            "identity-taken",
            "The e-mail address, external id or account belongs to another customer",
            "uq_identity__kind_key_system"),
    ATTRIBUTE_DIFFERS("attribute-differs", "The attribute can't be declared so", null),
    MERGED("customer-merged", "The customer was merged into another one", null);

    private final String slug;
    private final String title;
    private final @Nullable String constraint;

    CustomerProblem(String slug, String title, @Nullable String constraint) {
        this.slug = slug;
        this.title = title;
        this.constraint = constraint;
    }

    static CustomerProblem taken(@Nullable String field) {
        if (field == null) {
            return IDENTITY_TAKEN;
        }
        return switch (field) {
            case "email" -> EMAIL_TAKEN;
            case "external_id" -> EXTERNAL_ID_TAKEN;
            default -> IDENTITY_TAKEN;
        };
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return 409;
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
