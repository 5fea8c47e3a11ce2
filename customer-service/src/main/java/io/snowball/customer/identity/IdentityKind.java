package io.snowball.customer.identity;

public enum IdentityKind {
    EMAIL,
    PHONE,
    EXTERNAL_ID
}
