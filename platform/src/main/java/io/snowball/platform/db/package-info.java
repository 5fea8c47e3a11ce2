/**
 * What every service does the same way with PostgreSQL.
 */
@NullMarked
package io.snowball.platform.db;

import org.jspecify.annotations.NullMarked;
