namespace LogisticsAdmin.Registries;

/// <summary>
/// A kind of thing that people can complain about from its page: a ticket, a bill, a notice. The slice that has such things registers it; who takes
/// complaints knows the things by kind and key only.
/// </summary>
public interface IComplaintSubject
{
    /// <summary>Stored with each complaint and part of addresses: unique and never changed.</summary>
    string Kind { get; }

    /// <summary>
    /// Whether the thing belongs to few people, so that it would tell who complained. Of an anonymous complaint such a thing is not kept.
    /// </summary>
    bool IsPersonal { get; }

    /// <summary>The thing with this key as the acting person may see it; null when it is not there for them.</summary>
    Task<ComplaintSubject?> FindAsync(string key, CancellationToken ct);
}
