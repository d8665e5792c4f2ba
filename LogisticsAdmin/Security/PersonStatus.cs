namespace LogisticsAdmin.Security;

/// <summary>A person's status at the university.</summary>
public enum PersonStatus
{
    /// <summary>未报到: not arrived yet, but may sign in to prepare.</summary>
    Expected = 1,

    /// <summary>正常: studies or works here.</summary>
    Active = 2,

    /// <summary>停用: may not sign in until an administrator enables them again.</summary>
    Disabled = 3,

    /// <summary>已毕业: left for good; the history stays.</summary>
    Graduated = 4,
}
