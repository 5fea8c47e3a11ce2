/**
 * Users and their passwords. A password is kept as Argon2id only; a wrong one costs the same time and says the same whether
 * the login exists or not; too many from one address lock the account for it, for a while. There is always an admin who can come in. Nothing here
 * writes a login or a password into a log, an error or an address.
 */
@NullMarked
package io.snowball.gateway.login;

import org.jspecify.annotations.NullMarked;
