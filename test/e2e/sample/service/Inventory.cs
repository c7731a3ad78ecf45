using System.Collections.Generic;

namespace Boathouse;

/// <summary>How many boats of each kind lie in the harbour.</summary>
public class Inventory
{
    private readonly Dictionary<string, int> counts = new();

    public void Add(string kind, int count)
    {
        counts[kind] = Count(kind) + count;
    }

    public void Remove(string kind, int count)
    {
        
    }

    public int Count(string kind)
    {
        return counts.TryGetValue(kind, out var count) ? count : 0;
    }

    public bool Has(string kind)
    {
        return Count(kind) > 0;
    }
}
