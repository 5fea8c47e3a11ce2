package io.snowball.platform.access;

/** What came of it. */
public enum AccessResult {
    DONE,
    NOT_FOUND,
    /** The role does not allow it, or the password was wrong. */
    DENIED,
    /** The request was wrong, or in conflict with what is stored. */
    REFUSED,
    FAILED;

    static AccessResult ofStatus(int status) {
        if (status < 400) {
            return DONE;
        }
        return switch (status) {
            case 401, 403, 429 -> DENIED;
            case 404, 410 -> NOT_FOUND;
            default -> status < 500 ? REFUSED : FAILED;
        };
    }
}
