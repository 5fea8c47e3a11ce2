package io.snowball.customer.referral;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum ReferralProblem implements ProblemType {
    CODE_TAKEN("referral-code-taken", 409, "The code is taken: choose another", "uq_referral_code__code"),
    UNKNOWN_CODE("referral-code-unknown", 404, "There is no such code"),
    UNKNOWN_CUSTOMER("unknown-customer", 404, "There is no such customer"),
    SELF_REFERRAL("self-referral", 409, "Nobody can invite oneself"),
    REFERRAL_CIRCLE("referral-circle", 409, "Who was invited, however indirectly, can't invite back"),
    ALREADY_INVITED("already-invited", 409, "The customer was invited before"),
    NOT_NEW("customer-not-new", 409, "The customer has bought before, and is no newcomer");

    private final String slug;
    private final int status;
    private final String title;
    private final @Nullable String constraint;

    ReferralProblem(String slug, int status, String title) {
        this(slug, status, title, null);
    }

    ReferralProblem(String slug, int status, String title, @Nullable String constraint) {
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
