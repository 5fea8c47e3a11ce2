package io.snowball.customer.identity;

/**
 * What people are recognised by, the strongest evidence first: this order is the priority of the rules in {@link Resolution}. An
 * external id is given out by a system that knows its people; an account of a messenger is one person's; so is, nearly always, an
 * e-mail address. A phone may be a family's, a device anybody's who is at it.
 */
public enum IdentityKind {
    EXTERNAL_ID,
    TELEGRAM,
    VK,
    WHATSAPP,
    MAX,
    EMAIL,
    PHONE,
    COOKIE,
    PUSH,
    WEB_PUSH;

    public boolean isDevice() {
        return this == COOKIE || this == PUSH || this == WEB_PUSH;
    }

    /** Whether it may name another person than the one who shows it. */
    boolean isShared() {
        return this == PHONE || isDevice();
    }
}
