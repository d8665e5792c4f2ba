namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>What can be done with somebody's bed. The name is stored with what can be undone.</summary>
public enum BedAct
{
    /// <summary>安排入住: a free bed to somebody.</summary>
    Assign = 1,

    /// <summary>调床: to another bed.</summary>
    Move = 2,

    /// <summary>互换: two people take each other's bed.</summary>
    Swap = 3,

    /// <summary>退宿.</summary>
    CheckOut = 4,
}
