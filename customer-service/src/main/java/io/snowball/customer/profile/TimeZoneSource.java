package io.snowball.customer.profile;

/** How we came to know a time zone, the surest first. The region of a Russian mobile number is not among them: it proves nothing. */
public enum TimeZoneSource {
    TOLD,
    DELIVERY_ADDRESS,
    DEVICE,
    LANDLINE_NUMBER
}
