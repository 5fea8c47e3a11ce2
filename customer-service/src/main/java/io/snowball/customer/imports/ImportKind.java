package io.snowball.customer.imports;

import io.snowball.customer.file.Columns;
import java.util.List;

/** What is in a file. */
enum ImportKind {
    CUSTOMERS(new Columns(
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
                    "registered_at"),
            List.of("external_id"),
            List.of())),
    ORDERS(new Columns(
            List.of(
                    "order_id",
                    "customer_id",
                    "ordered_at",
                    "status",
                    "channel",
                    "amount",
                    "sku",
                    "quantity",
                    "price",
                    "discount"),
            List.of("order_id", "customer_id", "ordered_at"),
            List.of("sku", "quantity", "price", "discount")));

    private final Columns columns;

    ImportKind(Columns columns) {
        this.columns = columns;
    }

    Columns columns() {
        return columns;
    }
}
