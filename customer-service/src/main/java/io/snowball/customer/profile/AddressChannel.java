package io.snowball.customer.profile;

import io.snowball.customer.identity.IdentityKind;

/** The channels whose address is an identity of the customer. */
enum AddressChannel {
    EMAIL(IdentityKind.EMAIL),
    SMS(IdentityKind.PHONE),
    PUSH(IdentityKind.PUSH),
    WEB_PUSH(IdentityKind.WEB_PUSH),
    TELEGRAM(IdentityKind.TELEGRAM),
    VK(IdentityKind.VK),
    WHATSAPP(IdentityKind.WHATSAPP),
    MAX(IdentityKind.MAX);

    private final IdentityKind kind;

    AddressChannel(IdentityKind kind) {
        this.kind = kind;
    }

    IdentityKind kind() {
        return kind;
    }
}
