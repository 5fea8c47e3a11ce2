/**
 * Bases of any size for trying and measuring: as many customers and orders as asked for, the same for the same numbers on every
 * machine, in the files that the import takes. Nothing is kept in memory but a few bytes a customer.
 */
@NullMarked
package io.snowball.launcher.generate;

import org.jspecify.annotations.NullMarked;
