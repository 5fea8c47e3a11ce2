package io.snowball.platform.security;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** For REST clients of siblings: {@code @RegisterProvider(ServiceAuthorization.class)}. */
public class ServiceAuthorization implements ClientRequestFilter {
    private final InternalTokens tokens;

    public ServiceAuthorization(InternalTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.forSiblings());
    }
}
