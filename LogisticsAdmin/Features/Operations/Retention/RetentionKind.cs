namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>A kind of personal data that is kept for a time. The stored runs contain these numbers.</summary>
public enum RetentionKind
{
    Inbox = 1,
    SignIns = 2,

    /// <summary>Rows and refused cells of imports, with what an undo needs.</summary>
    ImportRows = 3,
    Audit = 4,

    /// <summary>People who were deleted or have graduated.</summary>
    People = 5,
}
