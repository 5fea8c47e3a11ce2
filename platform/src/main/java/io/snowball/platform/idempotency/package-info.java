/**
 * Writes that can be repeated: the key, the answer and the effect share one transaction.
 */
@NullMarked
package io.snowball.platform.idempotency;

import org.jspecify.annotations.NullMarked;
