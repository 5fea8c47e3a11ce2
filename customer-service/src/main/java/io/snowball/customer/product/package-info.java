/**
 * The catalogue: products by sku, their tree of categories, price, margin, replenishment and service intervals. Invariants: the
 * tree has no cycles; what changes nothing announces nothing; product.changed is told again for all products below a category
 * that moved. Orders may name a sku that the catalogue does not know.
 */
@NullMarked
package io.snowball.customer.product;

import org.jspecify.annotations.NullMarked;
