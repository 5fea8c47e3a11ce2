package io.snowball.consent.consent;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Over what a message travels; also what a consent to advertising is given for. */
@Schema(name = "ConsentChannel")
public enum Channel {
    EMAIL,
    SMS,
    PUSH,
    WEB_PUSH,
    CALL,
    TELEGRAM,
    VK,
    MAX,
    WHATSAPP,
    VIBER,
    POST,
    /** For the types of consent that know no channel: all but advertising. */
    ANY;

    /** A typed address or number may be somebody else's until its owner has confirmed it; an account or a device speaks for itself. */
    boolean isAnAddressAnybodyCanType() {
        return switch (this) {
            case EMAIL, SMS, CALL, WHATSAPP, VIBER -> true;
            case PUSH, WEB_PUSH, TELEGRAM, VK, MAX, POST, ANY -> false;
        };
    }
}
