package io.snowball.customer;

import io.quarkus.security.identity.SecurityIdentity;
import io.snowball.platform.security.Roles;
import java.util.List;

/** Who may see e-mail addresses, phones, places and whatever people have written in their own words. */
public final class PersonalDataRight {
    private static final List<String> ROLES = List.of(Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE);

    private PersonalDataRight() {}

    public static boolean has(SecurityIdentity caller) {
        return ROLES.stream().anyMatch(caller::hasRole);
    }
}
