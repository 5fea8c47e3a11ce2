package io.snowball.customer.identity;

/** Why two customers may be one person. */
public enum CandidateReason {
    SAME_PHONE,
    SAME_EMAIL,
    SAME_ACCOUNT;

    static CandidateReason of(IdentityKind kind) {
        return switch (kind) {
            case PHONE -> SAME_PHONE;
            case EMAIL -> SAME_EMAIL;
            case EXTERNAL_ID, TELEGRAM, VK, WHATSAPP, MAX, COOKIE, PUSH, WEB_PUSH -> SAME_ACCOUNT;
        };
    }
}
