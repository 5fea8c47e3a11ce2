/** What every service shares and none owns: plumbing, never a noun of the domain. Rules for admission: docs/adr/008. */
@NullMarked
package io.snowball.platform;

import org.jspecify.annotations.NullMarked;
