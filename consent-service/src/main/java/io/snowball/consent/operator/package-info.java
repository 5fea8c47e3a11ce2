/**
 * Who the company is in law: requisites by date (requirement r01).
 *
 * <p>Rows are added, never changed: a document names the operator as it was on the document's day. It knows of no other feature.
 */
@NullMarked
package io.snowball.consent.operator;

import org.jspecify.annotations.NullMarked;
