/**
 * Identifiers: UUIDv7, minted in the application so that one transaction can refer to what it creates.
 */
@NullMarked
package io.snowball.platform.id;

import org.jspecify.annotations.NullMarked;
