package io.snowball.customer.profile;

import io.snowball.customer.identity.IdentityKind;

/** The channels whose address is an identity of the customer. */
enum AddressChannel {
    EMAIL(IdentityKind.EMAIL),
    SMS(IdentityKind.PHONE);

    private final IdentityKind kind;

    AddressChannel(IdentityKind kind) {
        this.kind = kind;
    }

    IdentityKind kind() {
        return kind;
    }
}
