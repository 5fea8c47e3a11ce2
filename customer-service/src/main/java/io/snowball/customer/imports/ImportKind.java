package io.snowball.customer.imports;

import static java.util.stream.Collectors.joining;

import io.quarkus.security.identity.SecurityIdentity;
import io.snowball.customer.file.Columns;
import io.snowball.customer.profile.FileAttributes;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.Roles;
import java.util.List;
import java.util.Set;

/** What is in a file. */
enum ImportKind {
    CUSTOMERS(
            new Columns(
                    List.of(
                            "external_id",
                            "email",
                            "phone",
                            "first_name",
                            "last_name",
                            "sex",
                            "birthday",
                            "time_zone",
                            "language",
                            "source",
                            "registered_at",
                            "time_zone_source",
                            "children_birthdays",
                            "country",
                            "region",
                            "city",
                            "street",
                            "postal_code",
                            "utm_source",
                            "utm_medium",
                            "utm_campaign",
                            "utm_term",
                            "utm_content",
                            "device_type",
                            "browser",
                            "os",
                            "social_accounts",
                            "preferred_channel"),
                    List.of("external_id"),
                    List.of()),
            Roles.ADMIN,
            Roles.SALES,
            Roles.PARTNER),
    ORDERS(
            new Columns(
                    List.of(
                            "order_id",
                            "customer_id",
                            "ordered_at",
                            "status",
                            "channel",
                            "amount",
                            "shop",
                            "payment_method",
                            "sku",
                            "quantity",
                            "price",
                            "discount"),
                    List.of("order_id", "customer_id", "ordered_at"),
                    List.of("sku", "quantity", "price", "discount")),
            Roles.ADMIN,
            Roles.MARKETER);

    private final Columns columns;
    private final Set<String> roles;

    ImportKind(Columns columns, String... roles) {
        this.columns = columns;
        this.roles = Set.of(roles);
    }

    /** Whoever may not change one customer may not change a million either. */
    void allowOnly(SecurityIdentity caller) {
        if (roles.stream().noneMatch(caller::hasRole)) {
            throw CommonProblem.FORBIDDEN.with(
                    "Files of " + this + " are for " + roles.stream().sorted().collect(joining(", ")));
        }
    }

    /** Without the attributes that the company has declared. */
    Columns columns() {
        return columns;
    }

    Columns columns(FileAttributes declared) {
        return this == CUSTOMERS
                ? columns.and(declared.names().stream()
                        .map(name -> FileAttributes.PREFIX + name)
                        .toList())
                : columns;
    }
}
