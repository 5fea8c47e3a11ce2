package io.snowball.consent.sibling;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Alternative
@Priority(1)
@RestClient
@ApplicationScoped
public class FakeSegmentation extends FakeFactKeeper implements SegmentationRestClient {
    @Override
    public Uni<Traces> traces(Traces.Find body) {
        return answer(body);
    }
}
