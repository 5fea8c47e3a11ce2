/**
 * Keyset paging: cursors that know which query they belong to.
 */
@NullMarked
package io.snowball.platform.page;

import org.jspecify.annotations.NullMarked;
