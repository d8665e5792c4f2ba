namespace LogisticsAdmin.Shared;

/// <summary>What every stored thing has: an id, and a version that grows by one with each save and guards against lost updates.</summary>
public abstract class Versioned
{
    public long Id { get; private set; }
    public long Version { get; private set; }
}

/// <summary>Marks what has no deletion: it retires, with who, when and why, and keeps its history.</summary>
public interface IRetirable
{
    DateTimeOffset? RetiredAt { get; }
}

/// <summary>Marks an entity whose changed fields are written to the audit trail.</summary>
public interface IAudited;

/// <summary>Keeps a field out of the audit trail because its value is a secret or mere bookkeeping.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;

/// <summary>Marks an entity that the full-text search finds by <see cref="SearchText"/>.</summary>
public interface ISearchable
{
    long Id { get; }
    string SearchText { get; }
}

public static class RetirableExtensions
{
    extension<T>(IQueryable<T> all) where T : class, IRetirable
    {
        /// <summary>What may be offered for a new choice: everything that has not retired.</summary>
        public IQueryable<T> Living() => all.Where(x => x.RetiredAt == null);
    }
}
