namespace LogisticsAdmin.Shared;

/// <summary>Marks what has no deletion: it retires, with who, when and why, and keeps its history.</summary>
public interface IRetirable
{
    DateTimeOffset? RetiredAt { get; }
}
