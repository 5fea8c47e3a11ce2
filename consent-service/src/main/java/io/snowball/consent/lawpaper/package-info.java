/**
 * The papers that the law wants an operator to have (requirement r35; order 178, order 180, 152-FZ art. 6 p. 3, art. 9, art. 10.1,
 * art. 18.1), written from the operator's requisites and the purposes as they stand.
 *
 * <p>Drafts: nothing is stored here. What people are to agree to is published as a consent document, where it never changes
 * again; the rest is signed by whoever answers for it.
 */
@NullMarked
package io.snowball.consent.lawpaper;

import org.jspecify.annotations.NullMarked;
