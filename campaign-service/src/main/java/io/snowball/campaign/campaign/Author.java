package io.snowball.campaign.campaign;

import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.Roles;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who writes or launches a campaign. */
record Author(String id, Set<String> roles) {
    static Author of(JsonWebToken caller) {
        return new Author(caller.getSubject(), caller.getGroups());
    }

    /**
     * Any class but advertising goes to people who did not consent, and without a link to unsubscribe: no decision of a marketer
     * (38-FZ art. 18: advertising needs consent, and whoever spreads it must prove it).
     */
    void mustBeAllowed(MessageClass messageClass) {
        boolean answerable = roles.contains(Roles.ADMIN) || roles.contains(Roles.DPO);
        if (messageClass != MessageClass.ADVERTISING && !answerable) {
            throw CommonProblem.FORBIDDEN.with("Only an admin or dpo decides that messages are " + messageClass
                    + " and need no consent: leave messageClass at ADVERTISING, or ask one of them");
        }
    }
}
