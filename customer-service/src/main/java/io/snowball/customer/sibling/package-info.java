/**
 * What we ask of other services: members of a segment for exports and call lists, decisions of consent before a colleague calls. Each is
 * a small tolerant client of just what is used; what answers late or wrongly is {@link
 * io.snowball.customer.sibling.SiblingException}. Invariant: consent fails closed; no answer, or one that leaves a customer out, allows
 * nothing. May not: keep anything.
 */
@NullMarked
package io.snowball.customer.sibling;

import org.jspecify.annotations.NullMarked;
