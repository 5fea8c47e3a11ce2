package io.snowball.consent.decision;

import org.jspecify.annotations.Nullable;

/** Why a message is sent. */
enum MessageClass {
    ADVERTISING,
    SERVICE,
    TRANSACTIONAL,
    AUTH,
    LEGAL;

    /** What nobody can name is advertising: the strictest rule applies (r11). */
    static MessageClass of(@Nullable String name) {
        for (MessageClass known : values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return ADVERTISING;
    }

    boolean needsConsent() {
        return switch (this) {
            case ADVERTISING -> true;
            case SERVICE, TRANSACTIONAL, AUTH, LEGAL -> false;
        };
    }
}
