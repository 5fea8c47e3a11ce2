package io.snowball.platform.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource method that hands out or changes personal data: each call is put into the access log before the answer leaves.
 * Whose data it was is the path parameter {@link #subject}, what the answer says ({@link Accessed}), and what the method notes
 * ({@link AccessNotes}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Accesses {
    AccessAction value();

    /** Why, where the caller does not say it in {@code Snowball-Access-Reason}: what the endpoint is there for. */
    String purpose();

    /** The path parameter that is the customer's id, where there is one. */
    String subject() default "customerId";
}
