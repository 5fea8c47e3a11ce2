package io.snowball.customer.product;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/** A product as stored. */
record StoredProduct(UUID id, ProductDraft product, int version) {
    static StoredProduct of(Row row) {
        return new StoredProduct(
                row.getUUID("id"),
                new ProductDraft(
                        row.getString("sku"),
                        row.getString("name"),
                        row.getString("category_code"),
                        row.getLong("price"),
                        row.getInteger("margin"),
                        row.getInteger("replenishment_days"),
                        row.getInteger("service_days"),
                        row.getBoolean("active")),
                row.getInteger("version"));
    }
}
