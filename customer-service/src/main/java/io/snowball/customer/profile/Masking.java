package io.snowball.customer.profile;

import io.quarkus.security.identity.SecurityIdentity;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.IdentityKind;
import io.snowball.platform.security.Roles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How personal data look to those who have no right to see them: enough to tell two apart, too little to write to one. */
enum Masking {
    CLEAR {
        @Override
        @Nullable
        String email(@Nullable String value) {
            return value;
        }

        @Override
        @Nullable
        String phone(@Nullable String value) {
            return value;
        }

        @Override
        @Nullable
        String lastName(@Nullable String value) {
            return value;
        }
    },
    MASKED {
        @Override
        @Nullable
        String email(@Nullable String value) {
            return value == null ? null : value.charAt(0) + "***" + value.substring(value.lastIndexOf('@'));
        }

        @Override
        @Nullable
        String phone(@Nullable String value) {
            return value == null
                    ? null
                    : value.substring(0, 2) + "*".repeat(value.length() - 4) + value.substring(value.length() - 2);
        }

        @Override
        @Nullable
        String lastName(@Nullable String value) {
            return value == null ? null : value.substring(0, value.offsetByCodePoints(0, 1)) + ".";
        }
    };

    private static final List<String> WITH_THE_RIGHT = List.of(Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE);

    static Masking towards(SecurityIdentity caller) {
        return WITH_THE_RIGHT.stream().anyMatch(caller::hasRole) ? CLEAR : MASKED;
    }

    /** An external id names nobody to those who can't look it up; all else can be written to, or be looked up by anybody. */
    String identity(Identity identity) {
        String value = identity.value();
        if (this == CLEAR || identity.kind() == IdentityKind.EXTERNAL_ID) {
            return value;
        }
        String masked = switch (identity.kind()) {
            case EMAIL -> email(value);
            case PHONE, WHATSAPP -> phone(value);
            case EXTERNAL_ID, TELEGRAM, VK, MAX, COOKIE, PUSH, WEB_PUSH -> "***";
        };
        return masked == null ? "***" : masked;
    }

    Details.@Nullable Address address(Details.@Nullable Address address) {
        return this == CLEAR || address == null
                ? address
                : new Details.Address(address.country(), address.region(), address.city(), null, null);
    }

    /** Of the history: a field by the name that it has there. */
    @Nullable
    String change(String field, @Nullable String value) {
        if (this == CLEAR || value == null) {
            return value;
        }
        if (field.startsWith("personalAttributes.")) {
            return "***";
        }
        if (field.startsWith(Changes.IDENTITY)) {
            IdentityKind kind = IdentityKind.valueOf(field.substring(Changes.IDENTITY.length()));
            return identity(new Identity(kind, "", value, value));
        }
        return switch (field) {
            case "email" -> email(value);
            case "phone" -> phone(value);
            case "lastName" -> lastName(value);
            case "birthday", "childrenBirthdays", "address", "socialAccounts" -> "***";
            default -> value;
        };
    }

    abstract @Nullable String email(@Nullable String value);

    abstract @Nullable String phone(@Nullable String value);

    abstract @Nullable String lastName(@Nullable String value);
}
