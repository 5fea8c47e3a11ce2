/**
 * The access log of all services (requirement r30; docs/adr/016): what they recorded, in a chain of hashes a service, sealed, kept for
 * three years and read by the dpo. Rows are only ever added, and leave by one procedure when their term is over. It names people and
 * users by their ids and nothing else.
 */
@NullMarked
package io.snowball.consent.access;

import org.jspecify.annotations.NullMarked;
